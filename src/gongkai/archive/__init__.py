"""Closed requests on the shelf (归档以后): how long each is kept, its package, its destruction by two people."""

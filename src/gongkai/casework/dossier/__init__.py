"""The whole of a case as files (案卷成册): what a court is given and what the archive keeps, by one layout."""

"""The command line (命令行): what scripts and operators call; the contract of the project."""

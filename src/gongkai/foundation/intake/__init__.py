"""Taking in files from outside (接收文件): reading tables of any make safely, cleaning rows, templates."""

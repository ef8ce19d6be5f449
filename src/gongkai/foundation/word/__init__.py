"""What Word documents have in common (Word 文件的共同部分); python-docx is loaded by its modules only."""

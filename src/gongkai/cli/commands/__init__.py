"""The commands of ``gongkai``, one file each (命令)."""

"""The report as documents (成品格式): from the sealed content alone, so that all of them say the same."""

"""Pure values and arithmetic: no files, no git, no clock."""

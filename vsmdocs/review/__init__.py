"""What a branch does to the maps: as data, as a comment on a pull request, and the comment kept."""

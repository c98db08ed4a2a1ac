"""Values to text: pictures, pages and reports. Nothing here writes a file."""

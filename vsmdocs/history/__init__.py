"""History: revisions and blobs out of a repository. Nothing else speaks to git."""

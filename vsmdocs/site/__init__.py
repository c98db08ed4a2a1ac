"""The site: put together here, and written by `vsmdocs.site.output` alone."""

"""The pages of the site: views hold finished values, templates place them."""

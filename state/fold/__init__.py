"""Claims of a post into its tenures, in any order of arrival. Pure."""

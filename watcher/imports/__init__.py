"""Starting tenures out of files: TOML, CSV, Popolo JSON, Wikidata entity JSON."""

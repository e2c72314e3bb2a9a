"""What the sentences say: clauses, frames, how real and how new it is, claims."""

"""The ledger's file: schema, rows, questions, the outbox. SQL stays in here."""

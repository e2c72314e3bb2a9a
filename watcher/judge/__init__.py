"""The judge that is shipped: a language model behind an OpenAI-compatible address."""

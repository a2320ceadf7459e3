"""The workspace as a page in a browser: what each of the cast sees, made of the bot's own payloads."""

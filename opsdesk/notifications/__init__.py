"""Notices to people: staff in the app and by e-mail, customers by e-mail or text message. Owns Notice, an outbox."""

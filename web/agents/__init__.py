"""The agents' pages: queues, the dossier, and every act on it."""

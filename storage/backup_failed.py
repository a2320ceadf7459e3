"""Why the register was not backed up or restored."""


class BackupFailed(Exception):
    """Nothing was changed; the words are for whoever runs the command."""

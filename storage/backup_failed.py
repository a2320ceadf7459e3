"""Why a backup, or its return, was not done."""


class BackupFailed(Exception):
    """Nothing was changed; the words are for whoever runs the command."""

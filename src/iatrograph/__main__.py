"""``python -m iatrograph`` is the command ``iatrograph``."""

from iatrograph.cli import main

if __name__ == "__main__":
    main()

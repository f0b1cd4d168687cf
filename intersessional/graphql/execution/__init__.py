"""What is asked, whatever wire it came on: its document, its size, its execution, its faults."""

"""The IGF Code of Conduct, which is accepted before the first contribution (DOMAIN row 24)."""

CODE_OF_CONDUCT = 1
"""The version that is in force."""
CODE_OF_CONDUCT_URL = "https://www.intgovforum.org/en/content/igf-code-of-conduct"
"""Where the IGF publishes its text."""
CODE_OF_CONDUCT_SUMMARY = (
    "Meet everyone as an equal and with civility, whoever they are. "
    "Speak about the issue, not against people, organizations or governments. "
    "Be informed and reasonable. "
    "Listen, and take the views of every stakeholder seriously. "
    "Be open about what you do. "
    "Be fair, act in good faith, and behave responsibly. "
    "Who does not keep to this may be excluded from what the IGF Secretariat hosts."
)
"""What it asks for, in the words of this project and not in its own."""

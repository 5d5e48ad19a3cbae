"""Writes the reference of privacy policies: cells that `cryptography` encrypted, and numbers that NumPy put into intervals.

Run: python3 dev/references/privacy.py
"""

import base64
import json
import pathlib
import random

import numpy as np
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests" / "SlipwayDataTests" / "Fixtures"
TEXTS = ["4200.5", "a", "", "Zoë 🚢", "x" * 300]


def encrypted(chance):
    cases = []
    for length in (16, 24, 32):
        key = chance.randbytes(length)
        cells = []
        for text in TEXTS:
            nonce = chance.randbytes(12)
            cells.append(base64.b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), None)).decode())
        cases.append({"base64": base64.b64encode(key).decode(), "hexadecimal": key.hex(), "texts": TEXTS, "cells": cells})
    return cases


def intervals(numbers):
    cases = []
    for width in (10.0, 1000.0, 2.5, 0.25):
        values = np.round(numbers.uniform(-5000, 5000, 50), 2)
        cases.append({"width": width, "values": values.tolist(), "ends": (np.floor(values / width) * width).tolist()})
    return cases


def main():
    FIXTURES.mkdir(parents=True, exist_ok=True)
    document = {"encrypted": encrypted(random.Random(7)), "intervals": intervals(np.random.default_rng(7))}
    (FIXTURES / "privacy.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()

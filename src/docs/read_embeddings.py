#!/usr/bin/env python3
"""Reads binary embeddings as embeddings.md describes them, with Python's standard library alone.

    kcat -C -b localhost:9092 -t embeddings -e -q -f '%R%s' | python3 read_embeddings.py

Each value comes after its length, four bytes big-endian (kcat's %R). One line an embedding:
capture time, encoder, step, partition, offset, D, length of the vector.
"""
import math
import struct
import sys

HEAD = struct.Struct("<bqqqiqi")


def embedding(value):
    """Capture time (ms), encoder id, step, partition, offset and vector of one record."""
    version, millis, encoder, step, partition, offset, numbers = HEAD.unpack_from(value)
    if version != 1:
        raise ValueError(f"version {version} is not known")
    if len(value) != HEAD.size + 4 * numbers:
        raise ValueError(f"{len(value)} bytes do not hold {numbers} numbers")
    return millis, encoder, step, partition, offset, struct.unpack_from(f"<{numbers}f", value, HEAD.size)


def values(stream):
    """The values of a stream of length and value."""
    while length := stream.read(4):
        yield stream.read(struct.unpack(">i", length)[0])


if __name__ == "__main__":
    for millis, encoder, step, partition, offset, vector in map(embedding, values(sys.stdin.buffer)):
        norm = math.sqrt(sum(number * number for number in vector))
        print(millis, f"{encoder % 2**64:016x}", step, partition, offset, len(vector), f"{norm:.4f}")

"""Turns overlapping how-to articles, re-said in our own words, into one guide.

Reading, merging, checking and printing are plain functions over the values of `model`; they meet in `building`.
"""

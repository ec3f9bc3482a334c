"""Runs one peer over pages: `run.py PEER`, a page a line as JSON on stdin, what the peer says of it a line on stdout.

In: {"id", "url", "html", "saved_at"}. Out: {"title", "date", "authors", "body" (paragraphs), "images", "cpu" (seconds)},
or null for a page that the peer has no rules for. `run.py PEER --version` prints the version. Nothing is fetched.
"""

import importlib.metadata
import json
import re
import sys
import time


def trafilatura():
    from trafilatura import extract

    def read(page):
        # What the set's own comparison asks for, with the metadata that griot reads too.
        options = {"url": page["url"], "include_comments": False, "with_metadata": True, "output_format": "json"}
        said = json.loads(extract(page["html"], **options) or "{}")
        names = (said.get("author") or "").split(";")
        return {
            "title": said.get("title"),
            "date": said.get("date"),
            "authors": [name.strip() for name in names if name.strip()],
            "body": (said.get("text") or "").split("\n"),
            "images": [said["image"]] if said.get("image") else [],
        }

    return read


def newspaper4k():
    import newspaper
    import tldextract.tldextract

    # The list of public suffixes that comes with the package; it would fetch a newer one.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    def read(page):
        article = newspaper.Article(page["url"], fetch_images=False)
        article.download(input_html=page["html"])
        article.parse()
        return {
            "title": article.title,
            "date": article.publish_date.isoformat() if article.publish_date else None,
            "authors": list(article.authors),
            "body": (article.text or "").split("\n"),
            "images": list(article.images),
        }

    return read


def fundus():
    from datetime import datetime

    from fundus import PublisherCollection

    publishers = {publisher.__name__: publisher for publisher in PublisherCollection}

    def read(page):
        publisher = publishers.get(page["id"].split("/")[1])
        if publisher is None:
            return None
        parser = publisher.parser(datetime.fromisoformat(page["saved_at"]).date())
        said = parser.parse(page["html"], error_handling="suppress")
        date, body = said.get("publishing_date"), said.get("body")
        return {
            "title": said.get("title"),
            "date": date.isoformat() if date else None,
            "authors": list(said.get("authors") or []),
            "body": list(body.as_text_sequence()) if body else [],
            "images": [image.versions[-1].url for image in said.get("images") or [] if image.versions],
        }

    return read


def guarded(read, page):
    """A page that makes a peer raise is one it says nothing of."""
    began = time.process_time()
    try:
        said = read(page)
    except Exception as error:  # noqa: BLE001: whatever a page does to it
        said = {"error": repr(error)[:200]}
    if said is not None:
        said["cpu"] = time.process_time() - began
    return said


def without_surrogates(text):
    """Half a pair, as some pages have them in JSON, is no letter in UTF-8."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


PEERS = {"trafilatura": trafilatura, "newspaper4k": newspaper4k, "fundus": fundus}


def main():
    name = sys.argv[1]
    if "--version" in sys.argv:
        print(importlib.metadata.version(name))
        return
    read = PEERS[name]()
    guarded(read, {"id": "-/-", "url": "https://page.example/", "saved_at": "2024-01-01", "html": "<p>warm</p>"})
    for line in sys.stdin:
        said = guarded(read, json.loads(line))
        print(without_surrogates(json.dumps(said, ensure_ascii=False)), flush=True)


if __name__ == "__main__":
    main()

"""Files that are admitted, or refused, only after a long look."""


def crowded_pdf(objects: int) -> bytes:
    """A PDF of so many small objects, each of which must be looked into: written by hand, since it takes a moment."""
    body = bytearray(
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    )
    places = [body.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    for number in range(4, objects + 4):
        places.append(len(body))
        body += b"%d 0 obj<</X<</EF 1>>>>endobj\n" % number
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
    return bytes(body)

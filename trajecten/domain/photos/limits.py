"""Every number about photos, and why it is that number. Nothing is imported here."""

# What a resident may send.
MAX_PHOTOS = 5  # enough for an overview and a few details; a handler looks at all of them
MAX_BYTES = 15 * 1024 * 1024  # a 48 megapixel photo of a phone is 5 to 12 MB
MAX_FORM_BYTES = MAX_PHOTOS * MAX_BYTES + 1024 * 1024  # a form with all its photos; its words fit in 1 MB
MAX_PIXELS = 64_000_000  # phones make up to 50 megapixels; decoded, this is 256 MB at 4 bytes a pixel
MAX_PIXELS_WEBP = 24_000_000  # no camera makes WebP, and its decoder holds the picture four times
MAX_SOURCE_SIDE = 30_000  # the longest panorama of a phone is about 16,000 pixels wide
HEAD_BYTES = 64  # so much of a file tells what it is

# What is kept of it.
MAX_SIDE = 2048  # pixels; a house number stays readable on a full screen
THUMB_SIDE = 400  # pixels; sharp in a list on a phone with a dense screen
QUALITY = 82  # of the JPEG; below it, blocks show up around letters and branches

# What a photo may cost the server. Real photos stay far below these.
MAX_PARTS = 100_000  # segments or chunks of one file; a 15 MB PNG written with small buffers has 15,000
MAX_SCANS = 30  # passes of a progressive JPEG; encoders make about 10, and each pass visits every pixel
MAX_ICC_BYTES = 4 * 1024 * 1024  # the largest press profiles are about 3 MB
CPU_SECONDS = 8  # for one photo; the heaviest real one takes about 2
WALL_SECONDS = 25  # the same on a busy server, and less than a web server waits for its worker (30)
MEMORY_BYTES = 1_280 * 1024 * 1024  # address space of the process that decodes one photo

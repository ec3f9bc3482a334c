-- Seals: how a change of readings is found.
INSERT INTO about (name, field, meaning) VALUES
    ('seal', '',
        'Reading. One digest for what a capture was read as, its sightings, the links that it was the first to show and its '
        || 'signs, so that griot verify finds a row of them that was changed or lost.'),
    ('seal', 'capture_id', 'The capture.'),
    ('seal', 'digest',
        'sha256: over three JSON arrays, each ended by a line feed: columns of its reading, its sightings in the order of '
        || 'their pages'' keys, its first links in the order of their rows; and behind them, where there are signs, a fourth: '
        || 'columns of sign.');

-- How each article's page was read.
INSERT INTO about (name, field, meaning) VALUES
    ('sign', '',
        'Reading. How one capture of an article was read: what tells a profile that does not hold any more from a paper '
        || 'that was edited. A second witness stands beside the profile''s rules: the page read once more by griot''s own.'),
    ('sign', 'capture_id', 'The capture (capture.id).'),
    ('sign', 'page_id', 'Its page (page.id).'),
    ('sign', 'site', 'The site.'),
    ('sign', 'rules_id', 'The profile''s text that read it when these signs were taken (rules.id). NULL: none was needed.'),
    ('sign', 'extractor', 'The code that did, as in reading.extractor.'),
    ('sign', 'fields',
        'JSON array, a field each: field; found by the profile''s rules; length in characters, of authors, tags and images '
        || 'their number; witness, the length that the second witness found (null: nothing); agrees, whether both say the '
        || 'same (null: one is silent, or both have it from the same place).'),
    ('sign', 'title', 'Names the headline: the same for the same words. NULL: none was found.'),
    ('sign', 'body', 'Names the body: the same for the same words. NULL: none, or one too short to tell a story.'),
    ('sign', 'face', 'Names the headline as the second witness reads it: addresses with one face show one page.'),
    ('sign', 'doubt', 'For people: what speaks against the reading. NULL: nothing.'),
    ('sign', 'standing',
        'What came of it. sound: nothing speaks against it. unsure: something is missing, and nothing tells whether the page '
        || 'prints it. waiting: set aside until the pages after it tell whether it was alone. forgiven: it was, and is read '
        || 'as an article after all. broken: set aside in a break that lasts. over: set aside as long as the rules stay '
        || 'as they are, for its break ended, or its page was read well before.'),
    ('health', '', 'How each field of a site''s articles was read in a run: signs added up.'),
    ('health', 'run_id', 'The run (run.id).'),
    ('health', 'site', 'The site.'),
    ('health', 'field', 'title, lead, body, published, modified, authors, section, tags or images.'),
    ('health', 'pages', 'Captures with new bytes that should have it.'),
    ('health', 'found', 'Those in which the profile''s rules found it.'),
    ('health', 'median_length',
        'The median of its length where it was found; the lower of two. In characters, of authors, tags and images their '
        || 'number. NULL: it was found nowhere.'),
    ('health', 'compared', 'Those in which the second witness found it too, and elsewhere.'),
    ('health', 'agreed', 'Those in which both say the same.');

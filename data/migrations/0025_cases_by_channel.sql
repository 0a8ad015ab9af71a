-- Today looks for the petitions among the open cases (RULES §4.7): they are few, and told by their channel.
CREATE INDEX case_by_channel ON case_record(channel, due, id) WHERE open = 1;

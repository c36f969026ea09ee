-- The reference number of a reminder's mail, by which it is dropped once it is of no use.
ALTER TABLE renewal_reminders ADD COLUMN reference TEXT NOT NULL DEFAULT '';

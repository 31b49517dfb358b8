-- +goose Up
-- What a note was written for, in the order that its signature covers; empty where it was written before this was kept.
ALTER TABLE note ADD COLUMN subjects TEXT NOT NULL DEFAULT '';

// Package natskeys keeps the key of every person in a NATS key-value bucket beside the event log.
//
// A person's key is 32 random bytes, sealed with the office's key-encryption key (KEK), which lies in a file of the
// data directory and never in the bucket: a copy of the stream alone opens nothing, nor does the file alone.
// Destroying a person's key leaves a tombstone for ever and overwrites the sealed key on disk.
//
// README.md tells the stored form, what is guaranteed and what is left on disk.
package natskeys

package seal

import (
	"crypto/sha256"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"hoso/domain"
)

const (
	height    = 8           // of a tile
	width     = 1 << height // hashes in a full one
	fullBytes = width * tlog.HashSize
)

// leafOf returns the hash of an event's leaf. The buffer is used again and returned.
func leafOf(e domain.Recorded, buffer []byte) (tlog.Hash, []byte) {
	buffer = e.AppendRecord(append(buffer[:0], 0x00)) // as tlog.RecordHash, without its allocations
	return sha256.Sum256(buffer), buffer
}

// tiles is where the tiles of a tree are. A tile that is not full holds what there is of it.
type tiles interface {
	load(level int, n int64) ([]byte, error)
	save(level int, n int64, tile []byte) error
}

// grow adds leaves, hash after hash, to a tree of some size.
func grow(t tiles, size int64, hashes []byte) error {
	for level := 0; len(hashes) > 0; level++ {
		var above []byte
		full := size / width // tiles of this level that were full before
		for len(hashes) > 0 {
			n, at := size/width, size%width*tlog.HashSize
			var tile []byte
			if at > 0 {
				var err error
				if tile, err = t.load(level, n); err != nil {
					return err
				}
				if int64(len(tile)) != at {
					return fmt.Errorf("tile %d of level %d holds %d bytes, not %d", n, level, len(tile), at)
				}
			}
			take := min(len(hashes), fullBytes-len(tile))
			tile = append(tile[:at:at], hashes[:take]...)
			if err := t.save(level, n, tile); err != nil {
				return err
			}
			if len(tile) == fullBytes {
				above = append(above, rootOf(tile)...)
			}
			size, hashes = size+int64(take/tlog.HashSize), hashes[take:]
		}
		size, hashes = full, above
	}
	return nil
}

// rootOf returns the root of a full tile.
func rootOf(tile []byte) []byte {
	nodes := make([]tlog.Hash, width)
	for i := range nodes {
		nodes[i] = tlog.Hash(tile[i*tlog.HashSize:])
	}
	for len(nodes) > 1 {
		for i := range len(nodes) / 2 {
			nodes[i] = tlog.NodeHash(nodes[2*i], nodes[2*i+1])
		}
		nodes = nodes[:len(nodes)/2]
	}
	return nodes[0][:]
}

// reader reads the nodes of a tree out of its tiles. It is for one goroutine.
type reader struct {
	tiles
	held map[int64][]byte
}

func read(t tiles) *reader { return &reader{t, map[int64][]byte{}} }

// ReadHashes implements tlog.HashReader.
func (r *reader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		t := tlog.TileForIndex(height, index)
		tile, ok := r.held[place(t.L, t.N)]
		if !ok {
			var err error
			if tile, err = r.load(t.L, t.N); err != nil {
				return nil, err
			}
			r.held[place(t.L, t.N)] = tile
		}
		if len(tile) < t.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %d of level %d holds %d bytes, too few", t.N, t.L, len(tile))
		}
		var err error
		if hashes[i], err = tlog.HashFromTile(t, tile[:t.W*tlog.HashSize], index); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// place is one number for level and tile, in the order of levels and then of tiles.
func place(level int, n int64) int64 { return int64(level)<<40 | n }

// memory holds tiles in memory: 32 bytes an event.
type memory map[int64][]byte

func (m memory) load(level int, n int64) ([]byte, error) { return m[place(level, n)], nil }

func (m memory) save(level int, n int64, tile []byte) error {
	m[place(level, n)] = tile
	return nil
}

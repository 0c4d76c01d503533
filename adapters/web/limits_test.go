package web

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/domain/intake"
)

func at() time.Time { return time.Date(2024, 5, 3, 2, 0, 0, 0, time.UTC) }

// Somebody's oldest drafts go where there are too many, or too much is in them; nobody's go for another one's.
func TestDraftsAreBounded(t *testing.T) {
	t.Parallel()
	now := at()
	d := newDrafts(func() time.Time { now = now.Add(time.Second); return now })
	put := func(account string, bytes int) uuid.UUID {
		t.Helper()
		one := draft{ID: uuid.New(), Account: account, Values: map[string]string{"": strings.Repeat("x", bytes)}}
		if err := d.put(one); err != nil {
			t.Fatal(err)
		}
		return one.ID
	}
	minh := put("minh", 100)
	first := put("lan", draftBytes/2)
	put("lan", draftBytes/2)
	if _, there := d.find(first, "lan"); !there {
		t.Error("a draft went though there was room")
	}
	last := put("lan", draftBytes/2)
	if _, there := d.find(first, "lan"); there || len(d.of("lan")) != 2 {
		t.Errorf("the oldest is there still, of %d", len(d.of("lan")))
	}
	for range 2 * draftsOfOne {
		put("lan", 1)
	}
	if _, there := d.find(last, "lan"); there || len(d.of("lan")) != draftsOfOne {
		t.Errorf("%d drafts of one account", len(d.of("lan")))
	}
	if _, there := d.find(minh, "minh"); !there {
		t.Error("another one's draft went")
	}
	for id := range draftBytesAll/draftBytes + 1 {
		err := d.put(draft{ID: uuid.New(), Account: uuid.NewString(), Values: map[string]string{"": strings.Repeat("x", draftBytes)}})
		if errors.Is(err, errManyDrafts) && id > 200 {
			return
		}
	}
	t.Error("there is no end of what all may keep")
}

// Somebody's oldest upload goes where there are too many, but not one that is being imported.
func TestUploadsAreBounded(t *testing.T) {
	t.Parallel()
	now := at()
	u := newUploads(func() time.Time { now = now.Add(time.Second); return now })
	put := func(s stage) *upload {
		t.Helper()
		one := &upload{ID: uuid.New(), Account: "lan", stage: s}
		if err := u.put(one); err != nil {
			t.Fatal(err)
		}
		return one
	}
	running, idle := put(stageImporting), put(stageRehearsed)
	for range uploadsOfOne - 1 {
		put(stageRehearsed)
	}
	if _, there := u.find(running.ID, "lan"); !there {
		t.Error("an upload went while it is imported")
	}
	if _, there := u.find(idle.ID, "lan"); there || len(u.of("lan")) != uploadsOfOne {
		t.Errorf("%d uploads of one account", len(u.of("lan")))
	}
}

// Of many who begin a stage at once one begins it, and only what was rehearsed is imported.
func TestAStageBeginsOnce(t *testing.T) {
	t.Parallel()
	u := &upload{stage: stageMapping}
	if _, ok := u.begin(stageImporting, nil, stageRehearsed, stageStopped); ok {
		t.Error("what was not rehearsed is imported")
	}
	if lines, ok := u.begin(stageRehearsing, func() { u.lines = []byte("a") }, stageMapping); !ok || string(lines) != "a" {
		t.Errorf("%q, %t", lines, ok)
	}
	if _, ok := u.begin(stageRehearsing, func() { t.Error("its columns were changed meanwhile") }, stageMapping, stageRehearsed); ok {
		t.Error("it is rehearsed twice at once")
	}
	u.end(stageRehearsed, intake.Summary{}, nil)
	begun := make(chan bool)
	for range 8 {
		go func() {
			_, ok := u.begin(stageImporting, nil, stageRehearsed)
			begun <- ok
		}()
	}
	n := 0
	for range 8 {
		if <-begun {
			n++
		}
	}
	if n != 1 {
		t.Errorf("it is imported %d times at once", n)
	}
}

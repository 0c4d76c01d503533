package eventlogtest

import (
	"fmt"
	"math/rand/v2"

	"pgregory.net/rapid"
)

// seeds name the scripts that run on every log, so that what fails on one of them can be replayed on another. Fewer run
// with -short.
var seeds = func() (all []uint64) {
	for n := range uint64(24) {
		all = append(all, n+1)
	}
	return all
}()

const fewSeeds = 6

// action is what a step does.
type action int

const (
	appends     action = iota // after the right tail
	appendsBack               // after an older tail of the case
	appendsOn                 // after a tail that lies in the future
	repeated                  // an earlier append once more
	mixes                     // the first event of an earlier append with another one behind it
	contends                  // several at once, after the right tail
	reads
	follows
	asksHead
	reopens
)

// weights say how often an action comes.
var weights = [...]int{appends: 30, appendsBack: 8, appendsOn: 3, repeated: 8, mixes: 3, contends: 6, reads: 20, follows: 10, asksHead: 6, reopens: 1}

var names = [...]string{appends: "append", appendsBack: "append after an older tail", appendsOn: "append after a future tail",
	repeated: "append once more", mixes: "append a mixture", contends: "contend", reads: "read", follows: "follow", asksHead: "head", reopens: "reopen"}

// step is one step of a script. Place and count are taken modulo what there is at that moment, so that every script can
// be run on every log, and a part of one too.
type step struct {
	do    action
	on    int // the case, 0 to 2
	place int // which tail, append, version or cursor
	count int // of events, of contenders
	large bool
}

func (s step) String() string {
	text := fmt.Sprintf("%s on case %d, place %d, count %d", names[s.do], s.on, s.place, s.count)
	if s.large {
		text += ", large"
	}
	return text
}

// draw returns a number from 0 to n-1.
type draw func(label string, n int) int

// next makes a step.
func (d draw) next() step {
	total := 0
	for _, w := range weights {
		total += w
	}
	at, do := d("action", total), appends
	for ; at >= weights[do]; do++ {
		at -= weights[do]
	}
	return step{do: do, on: d("case", 3), place: d("place", 64), count: d("count", 5), large: d("large", 12) == 11}
}

// scripted returns the script that a seed names: the same on every machine, for ever.
func scripted(seed uint64) []step {
	random := rand.New(rand.NewPCG(seed, 0x686f736f))
	d := draw(func(_ string, n int) int { return random.IntN(n) })
	steps := make([]step, 20+d("steps", 30))
	for i := range steps {
		steps[i] = d.next()
	}
	return steps
}

// drawn returns a script that rapid makes, and can shrink.
func drawn(t *rapid.T) []step {
	one := rapid.Custom(func(t *rapid.T) step {
		return draw(func(label string, n int) int { return rapid.IntRange(0, n-1).Draw(t, label) }).next()
	})
	return rapid.SliceOfN(one, 1, 20).Draw(t, "script")
}

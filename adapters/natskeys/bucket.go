package natskeys

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"hoso/domain"
)

// A bucket hoso-keys, as any NATS client sees it. Its keys:
//
//	person.<uuid>     a sealed key, or the tombstone
//	office.pseudonym  the office's secret, sealed
//	office.seal.<n>   the office's n-th signing key, sealed: 1, 2… The last one signs
//	office.check      any key, sealed: proves the key-encryption key
//	office.copying    the name of a log that is being copied: not to be used yet
//	office.filler     nothing, only while keys are sealed anew
//	office.rotating   any key, sealed with the next key-encryption key: not to be used until all is sealed with that
const (
	bucketName       = "hoso-keys"
	streamName       = "KV_" + bucketName
	subjectPrefix    = "$KV." + bucketName + "."
	pseudonymSubject = subjectPrefix + "office.pseudonym"
	checkSubject     = subjectPrefix + "office.check"
	sealSubject      = subjectPrefix + "office.seal."
	copyingSubject   = subjectPrefix + "office.copying"
	rotatingSubject  = subjectPrefix + "office.rotating"
	tombstone        = "erased"
)

// maxMessage is more than any message here weighs on the server, with its headers.
const maxMessage = 512

func subjectOf(p domain.PersonID) string { return subjectPrefix + "person." + p.String() }

// bucket is the stream under the key-value bucket.
type bucket struct {
	nc     *nats.Conn
	js     jetstream.JetStream
	stream jetstream.Stream
	single bool // one replica: any answer is the newest
	used   bool // something was in it when it was opened
}

// value is what stands last at a subject.
type value struct {
	seq  uint64
	data []byte
}

func (v *value) isTombstone() bool { return string(v.data) == tombstone }

// wanted is the bucket as this package makes it. It is a stream of two messages a key and not one, so that a
// destroyed key can still be found and overwritten when its tombstone stands; and with batches, so that an
// import of many persons shares its writes to disk. Messages may be deleted: that is how a key is overwritten.
func wanted(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:               streamName,
		Description:        "hoso: the sealed keys of all persons",
		Subjects:           []string{subjectPrefix + ">"},
		Storage:            jetstream.FileStorage,
		Replicas:           replicas,
		MaxMsgsPerSubject:  2,
		MaxMsgs:            -1,
		MaxBytes:           -1,
		MaxMsgSize:         -1,
		MaxConsumers:       -1,
		Discard:            jetstream.DiscardNew,
		DenyPurge:          true,
		AllowDirect:        true,
		AllowAtomicPublish: true,
	}
}

// openBucket opens the bucket, and makes it where there is none.
func openBucket(ctx context.Context, nc *nats.Conn, options Options) (*bucket, error) {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(timeout))
	if err != nil {
		return nil, err
	}
	s, unsafe, err := findBucket(ctx, js, options)
	if err == nil && s == nil {
		s, err = js.CreateStream(ctx, wanted(options.Replicas))
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another process was faster
			s, unsafe, err = findBucket(ctx, js, options)
		}
	}
	if err != nil {
		return nil, err
	}
	if unsafe != nil && !options.AcceptUnsafe {
		return nil, unsafe
	}
	state := s.CachedInfo()
	return &bucket{nc: nc, js: js, stream: s, single: state.Config.Replicas == 1, used: state.State.LastSeq > 0}, nil
}

// last returns what stands at a subject, nil for nothing, as the stream's leader has it: a replica that lags could
// show a key that was destroyed.
func (b *bucket) last(ctx context.Context, subject string) (*value, error) {
	question, err := json.Marshal(map[string]string{"last_by_subj": subject})
	if err != nil {
		return nil, err
	}
	m, err := b.ask(ctx, "$JS.API.STREAM.MSG.GET."+streamName, question)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Message *struct {
			Seq  uint64 `json:"seq"`
			Data []byte `json:"data"`
		} `json:"message"`
		Error *jetstream.APIError `json:"error"`
	}
	if err := json.Unmarshal(m.Data, &answer); err != nil {
		return nil, fmt.Errorf("read the server's answer: %w", err)
	}
	if answer.Error != nil && answer.Error.ErrorCode == jetstream.JSErrCodeMessageNotFound {
		return nil, nil
	}
	if answer.Error != nil {
		return nil, answer.Error
	}
	if answer.Message == nil {
		return nil, errors.New("the server's answer is empty")
	}
	return &value{answer.Message.Seq, answer.Message.Data}, nil
}

// askAgain is how long an answer is awaited before it is asked again: while a cluster elects a leader nobody answers.
const askAgain = time.Second

func (b *bucket) ask(ctx context.Context, subject string, question []byte) (*nats.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for {
		asking, cancel := context.WithTimeout(ctx, askAgain)
		m, err := b.nc.RequestWithContext(asking, subject, question)
		lost := asking.Err() != nil
		cancel()
		if err == nil || !lost || ctx.Err() != nil {
			return m, err
		}
	}
}

// lastOf returns what stands at each of up to 1,000 subjects.
func (b *bucket) lastOf(ctx context.Context, subjects []string) (map[string]*value, error) {
	if !b.single || len(subjects) < 4 {
		return b.lastOfEach(ctx, subjects)
	}
	found := make(map[string]*value, len(subjects))
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	answers, err := jetstreamext.GetLastMsgsFor(ctx, b.js, streamName, subjects)
	if err != nil {
		return nil, err
	}
	for m, err := range answers {
		if errors.Is(err, jetstreamext.ErrNoMessages) {
			break
		}
		if err != nil {
			return nil, err
		}
		found[m.Subject] = &value{m.Sequence, m.Data}
	}
	return found, ctx.Err()
}

// asksAtOnce is how many questions are under way together.
const asksAtOnce = 64

// lastOfEach asks for each subject by itself, since on a cluster only the leader's answer counts.
func (b *bucket) lastOfEach(ctx context.Context, subjects []string) (map[string]*value, error) {
	values, errs := make([]*value, len(subjects)), make([]error, len(subjects))
	places := make(chan struct{}, asksAtOnce)
	var all sync.WaitGroup
	for i, s := range subjects {
		places <- struct{}{}
		all.Go(func() {
			values[i], errs[i] = b.last(ctx, s)
			<-places
		})
	}
	all.Wait()
	found := make(map[string]*value, len(subjects))
	for i, s := range subjects {
		if values[i] != nil {
			found[s] = values[i]
		}
	}
	return found, errors.Join(errs...)
}

// create writes the first value of a subject; a conflict where there is one.
//
// A cluster that elects a leader does not answer: it is asked again. Where the first asking was heard all the same, the
// second one conflicts with it, and whoever gets a conflict reads what is there.
func (b *bucket) create(ctx context.Context, subject string, data []byte) error {
	ctx, cancel := context.WithTimeout(ctx, electionTimeout)
	defer cancel()
	for {
		_, err := b.js.Publish(ctx, subject, data, jetstream.WithExpectLastSequencePerSubject(0))
		if !errors.Is(err, jetstream.ErrNoStreamResponse) || ctx.Err() != nil {
			return err
		}
	}
}

// createAll writes the first values of many subjects, all or none.
func (b *bucket) createAll(ctx context.Context, values map[string][]byte) error {
	first := make(map[string]value, len(values))
	for subject, data := range values {
		first[subject] = value{0, data}
	}
	return b.replaceAll(ctx, first)
}

// replaceAll writes values of many subjects, all or none, on the condition that the sequence of each is still that of the
// last value there.
func (b *bucket) replaceAll(ctx context.Context, values map[string]value) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	msgs := make([]*nats.Msg, 0, len(values))
	for subject, v := range values {
		msgs = append(msgs, &nats.Msg{Subject: subject, Data: v.data,
			Header: nats.Header{jetstream.ExpectedLastSubjSeqHeader: {strconv.FormatUint(v.seq, 10)}}})
	}
	_, err := jetstreamext.PublishMsgBatch(ctx, b.js, msgs)
	return err
}

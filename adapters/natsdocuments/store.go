package natsdocuments

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"hoso/domain"
	"hoso/projections/documents"
)

// Options say how documents are kept.
type Options struct {
	// Replicas is the number of servers that keep each document: 1 (also for 0), 3 or 5.
	Replicas int
	// AcceptUnsafe has Put use a stream that could lose documents.
	AcceptUnsafe bool
	// Fault tells why the storage cannot take writes now, nil where it can.
	Fault func() error
}

// Store is a documents.Store. The connection stays the caller's.
type Store struct {
	nc      *nats.Conn
	js      jetstream.JetStream
	options Options
	mu      sync.Mutex
	stream  jetstream.Stream // nil: not found yet
}

var _ documents.Store = (*Store)(nil)

// Open returns the documents on a server. Nothing is asked and nothing is made: the first Put makes the stream.
func Open(nc *nats.Conn, o Options) (*Store, error) {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(timeout))
	if err != nil {
		return nil, fmt.Errorf("open the documents: %w", err)
	}
	o.Replicas = max(o.Replicas, 1)
	if o.Fault == nil {
		o.Fault = func() error { return nil }
	}
	return &Store{nc: nc, js: js, options: o}, nil
}

func subjectOf(name string, part int) string { return subjectPrefix + name + "." + strconv.Itoa(part) }

// Put implements documents.Store.
func (s *Store) Put(ctx context.Context, sealed []byte) (name string, err error) {
	if len(sealed) > documents.MaxStored || len(sealed) == 0 {
		return "", documents.ErrTooLarge
	}
	if err := s.options.Fault(); err != nil {
		return "", err
	}
	if _, err := s.ensure(ctx); err != nil {
		return "", s.unavailable(ctx, "keep a document", err)
	}
	name = documents.NameOf(sealed)
	for {
		err := s.publish(ctx, name, sealed)
		switch {
		case err == nil, isThere(err):
			return name, nil
		case errors.Is(err, nats.ErrNoResponders) && ctx.Err() == nil && s.reelected(ctx):
			continue
		}
		return "", s.unavailable(ctx, "keep a document", err)
	}
}

func (s *Store) publish(ctx context.Context, name string, sealed []byte) error {
	ctx, cancel := context.WithTimeout(ctx, 3*timeout)
	defer cancel()
	parts := strconv.Itoa((len(sealed) + partSize - 1) / partSize)
	var msgs []*nats.Msg
	for n := 0; n*partSize < len(sealed); n++ {
		msgs = append(msgs, &nats.Msg{Subject: subjectOf(name, n), Data: sealed[n*partSize : min(len(sealed), (n+1)*partSize)],
			Header: nats.Header{partsHeader: {parts}, jetstream.ExpectedLastSubjSeqHeader: {"0"}}})
	}
	_, err := jetstreamext.PublishMsgBatch(ctx, s.js, msgs)
	return err
}

// isThere tells whether a batch was refused since these bytes are kept already.
func isThere(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == 10071 || api.ErrorCode == 10164) // the second is a cluster's
}

// reelected waits until somebody answers again.
func (s *Store) reelected(ctx context.Context) bool {
	_, err := s.lookUp(ctx)
	return err == nil
}

// Get implements documents.Store.
func (s *Store) Get(ctx context.Context, name string) ([]byte, error) {
	stream, err := s.known(ctx, name)
	if err != nil {
		return nil, s.unavailable(ctx, "read a document", err)
	}
	if stream == nil {
		return nil, documents.ErrMissing
	}
	var sealed []byte
	for n, parts := 0, 1; n < parts; n++ {
		asking, cancel := context.WithTimeout(ctx, timeout)
		m, err := stream.GetLastMsgForSubject(asking, subjectOf(name, n))
		cancel()
		if errors.Is(err, jetstream.ErrMsgNotFound) && n == 0 {
			return nil, documents.ErrMissing
		}
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nil, documents.ErrDamaged
		}
		if err != nil {
			return nil, s.unavailable(ctx, "read a document", err)
		}
		if parts, err = strconv.Atoi(m.Header.Get(partsHeader)); err != nil || parts < 1 || parts > documents.MaxStored/partSize+1 {
			return nil, documents.ErrDamaged
		}
		if sealed == nil {
			sealed = make([]byte, 0, parts*partSize)
		}
		sealed = append(sealed, m.Data...)
	}
	if documents.NameOf(sealed) != name {
		return nil, documents.ErrDamaged
	}
	return sealed, nil
}

// known returns the stream; nil where there is none, or where the name cannot be that of anything.
func (s *Store) known(ctx context.Context, name string) (jetstream.Stream, error) {
	if !documents.IsName(name) { // it becomes a part of a subject
		return nil, nil
	}
	return s.find(ctx)
}

// Drop implements documents.Store.
func (s *Store) Drop(ctx context.Context, name string) error {
	stream, err := s.known(ctx, name)
	if stream == nil && err == nil {
		return nil
	}
	if err == nil {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		err = stream.Purge(ctx, jetstream.WithPurgeSubject(subjectPrefix+name+".*"))
	}
	return s.unavailable(ctx, "drop a document", err)
}

// All implements documents.Store.
func (s *Store) All(ctx context.Context) iter.Seq2[documents.Stored, error] {
	return func(yield func(documents.Stored, error) bool) {
		if err := s.all(ctx, func(one documents.Stored) bool { return yield(one, nil) }); err != nil {
			yield(documents.Stored{}, s.unavailable(ctx, "list the documents", err))
		}
	}
}

func (s *Store) all(ctx context.Context, yield func(documents.Stored) bool) error {
	stream, err := s.find(ctx)
	if stream == nil || err != nil {
		return err
	}
	c, err := stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{FilterSubjects: []string{subjectPrefix + "*.0"}, HeadersOnly: true})
	if err != nil {
		return err
	}
	if c.CachedInfo().NumPending == 0 {
		return nil
	}
	msgs, err := c.Messages()
	if err != nil {
		return err
	}
	defer msgs.Stop()
	for {
		m, err := msgs.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		at, err := m.Metadata()
		if err != nil {
			return err
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(m.Subject(), subjectPrefix), ".")
		if documents.IsName(name) && !yield(documents.Stored{Name: name, At: at.Timestamp}) || at.NumPending == 0 {
			return nil
		}
	}
}

// unavailable says of what the servers said, or did not say, that documents cannot be had now.
func (s *Store) unavailable(ctx context.Context, what string, err error) error {
	var known *domain.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		return err
	}
	if fault := s.options.Fault(); fault != nil {
		return fault // the cause; the server only says that it did not work
	}
	return &domain.Error{Kind: domain.Unavailable, Code: "documents.unavailable", Msg: "kho tài liệu chưa trả lời được; hãy thử lại sau",
		En: "the store of documents does not answer now; try again later", Err: fmt.Errorf("%s: %w", what, err)}
}

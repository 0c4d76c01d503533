package natsdocuments

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

const (
	streamName    = "hoso-documents"
	subjectPrefix = "hoso.document."
	partsHeader   = "Hoso-Parts"

	// partSize is the size of a part. As JSON, in which a server's leader answers, it is well below what one message may hold.
	partSize = 256 << 10

	timeout = 10 * time.Second // of one exchange with the server
	// electionTimeout is how long a cluster may be without a leader; an election takes four to nine seconds.
	electionTimeout = 15 * time.Second
)

// wanted is the stream as this package makes it. What is sealed cannot be compressed. There are no answers from replicas
// (AllowDirect): one that lags would miss what was put a moment ago.
func wanted(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:               streamName,
		Description:        "hoso: documents of cases, sealed",
		Subjects:           []string{subjectPrefix + "*.*"},
		Storage:            jetstream.FileStorage,
		Replicas:           replicas,
		MaxMsgs:            -1,
		MaxBytes:           -1,
		MaxMsgsPerSubject:  -1,
		MaxMsgSize:         -1,
		MaxConsumers:       -1,
		Discard:            jetstream.DiscardNew,
		AllowAtomicPublish: true,
	}
}

// find returns the stream, nil where nobody has put anything yet.
func (s *Store) find(ctx context.Context) (jetstream.Stream, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stream != nil {
		return s.stream, nil
	}
	found, err := s.lookUp(ctx)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s.stream = found
	return found, nil
}

// ensure returns the stream, and makes it where there is none.
func (s *Store) ensure(ctx context.Context) (jetstream.Stream, error) {
	found, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	if found == nil {
		_, err := s.js.CreateStream(ctx, wanted(s.options.Replicas))
		if err != nil && !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another process was faster
			return nil, err
		}
		if found, err = s.find(ctx); err != nil {
			return nil, err
		}
		if found == nil {
			return nil, errors.New("the stream was made and is not there")
		}
	}
	return found, s.safe(found.CachedInfo().Config)
}

// safe refuses a stream that could lose what it acknowledged, or in which nothing can be kept.
func (s *Store) safe(has jetstream.StreamConfig) error {
	var wrong, loose []string
	note := func(list *[]string, name string, ok bool, has any) {
		if !ok {
			*list = append(*list, fmt.Sprintf("%s = %v", name, has))
		}
	}
	want := wanted(s.options.Replicas)
	note(&wrong, "subjects", len(has.Subjects) == 1 && has.Subjects[0] == want.Subjects[0], has.Subjects)
	note(&wrong, "retention", has.Retention == want.Retention, has.Retention)
	note(&wrong, "allow_atomic", has.AllowAtomicPublish, false)
	note(&wrong, "no_ack", !has.NoAck, true)
	note(&wrong, "sealed", !has.Sealed, true)
	note(&wrong, "deny_purge", !has.DenyPurge, true)
	note(&wrong, "max_msg_size", has.MaxMsgSize <= 0 || has.MaxMsgSize >= partSize+1<<10, has.MaxMsgSize)
	note(&wrong, "mirror", has.Mirror == nil && len(has.Sources) == 0, "có")
	note(&loose, "storage", has.Storage == want.Storage, has.Storage)
	note(&loose, "num_replicas", has.Replicas >= want.Replicas, has.Replicas)
	note(&loose, "max_age", has.MaxAge == 0, has.MaxAge)
	note(&loose, "max_msgs", has.MaxMsgs <= 0, has.MaxMsgs)
	note(&loose, "max_msgs_per_subject", has.MaxMsgsPerSubject <= 0, has.MaxMsgsPerSubject)
	note(&loose, "max_bytes", has.MaxBytes <= 0, has.MaxBytes)
	note(&loose, "discard", has.Discard == want.Discard, has.Discard)
	if s.options.AcceptUnsafe {
		loose = nil
	}
	if all := append(wrong, loose...); len(all) > 0 {
		return &domain.Error{Kind: domain.Unavailable, Code: "documents.misconfigured",
			Msg: "kho tài liệu " + streamName + " trên máy chủ NATS có thiết lập không dùng được hoặc không an toàn: " + strings.Join(all, "; ") + "; hãy sửa bằng công cụ nats",
			En:  "the stream " + streamName + " on the NATS servers has settings that do not work or are not safe: " + strings.Join(all, "; ") + "; mend it with the nats tool"}
	}
	return nil
}

// lookUp asks for the stream, again while a cluster elects a leader: nobody answers then.
func (s *Store) lookUp(ctx context.Context) (jetstream.Stream, error) {
	ctx, cancel := context.WithTimeout(ctx, electionTimeout)
	defer cancel()
	for {
		asking, cancel := context.WithTimeout(ctx, time.Second)
		found, err := s.js.Stream(asking, streamName)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
			return found, err
		}
	}
}

package natskeys

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// Check looks at what Open would open, and creates nothing. An error says that keys cannot be kept there. unsafe is
// an error too, nil where all is well: it names the settings under which keys could be lost, and Open gives it where
// Options.AcceptUnsafe is not set. exists tells whether there are keys.
func Check(ctx context.Context, nc *nats.Conn, options Options) (exists bool, unsafe, err error) {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(timeout))
	if err != nil {
		return false, nil, err
	}
	options.Replicas = max(options.Replicas, 1)
	s, unsafe, err := findBucket(ctx, js, options)
	return s != nil, unsafe, err
}

// findBucket returns the bucket's stream, nil where there is none.
func findBucket(ctx context.Context, js jetstream.JetStream, options Options) (s jetstream.Stream, unsafe, err error) {
	s, err = lookUp(ctx, js)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if options.MustExist {
			return nil, nil, errMissing
		}
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, unavailable(err)
	}
	wrong, loose := differences(s.CachedInfo().Config, wanted(options.Replicas))
	if len(wrong) > 0 {
		return nil, nil, refused("keys.misconfigured", nil, "kho khóa %q do nơi khác tạo hoặc đã bị sửa, không dùng được: %s", bucketName, strings.Join(append(wrong, loose...), "; "))
	}
	if len(loose) > 0 {
		unsafe = refused("keys.misconfigured", nil, "kho khóa %q có thiết lập không an toàn: %s; hãy sửa bằng công cụ nats", bucketName, strings.Join(loose, "; "))
	}
	return s, unsafe, nil
}

// differences names the settings of a bucket in which keys cannot be kept at all, and those under which some could be lost.
func differences(has, want jetstream.StreamConfig) (wrong, loose []string) {
	check := func(list *[]string, name string, ok bool, has, want any) {
		if !ok {
			*list = append(*list, fmt.Sprintf("%s = %v, cần %v", name, has, want))
		}
	}
	works := func(name string, ok bool, has, want any) { check(&wrong, name, ok, has, want) }
	works("subjects", strings.Join(has.Subjects, " ") == want.Subjects[0], has.Subjects, want.Subjects)
	works("retention", has.Retention == want.Retention, has.Retention, want.Retention)
	works("max_msgs_per_subject", has.MaxMsgsPerSubject == 2, has.MaxMsgsPerSubject, 2)
	works("max_msg_size", has.MaxMsgSize <= 0 || has.MaxMsgSize >= maxMessage, has.MaxMsgSize, maxMessage)
	works("first_seq", has.FirstSeq <= 1, has.FirstSeq, 1)
	works("deny_delete", !has.DenyDelete, has.DenyDelete, false)
	works("allow_direct", has.AllowDirect, has.AllowDirect, true)
	works("allow_atomic", has.AllowAtomicPublish, has.AllowAtomicPublish, true)
	works("no_ack", !has.NoAck, has.NoAck, false)
	works("sealed", !has.Sealed, has.Sealed, false)
	works("mirror", has.Mirror == nil, "có", "không")
	works("sources", len(has.Sources) == 0, "có", "không")
	works("subject_transform", has.SubjectTransform == nil, "có", "không")

	safe := func(name string, ok bool, has, want any) { check(&loose, name, ok, has, want) }
	safe("storage", has.Storage == want.Storage, has.Storage, want.Storage)
	safe("persist_mode", has.PersistMode == want.PersistMode, has.PersistMode, want.PersistMode)
	safe("num_replicas", has.Replicas >= want.Replicas, has.Replicas, want.Replicas)
	safe("max_age", has.MaxAge == 0, has.MaxAge, "không giới hạn")
	safe("max_msgs", has.MaxMsgs <= 0, has.MaxMsgs, "không giới hạn")
	safe("max_bytes", has.MaxBytes <= 0, has.MaxBytes, "không giới hạn")
	safe("discard", has.Discard == want.Discard, has.Discard, want.Discard)
	safe("deny_purge", has.DenyPurge, has.DenyPurge, true)
	safe("allow_rollup_hdrs", !has.AllowRollup, has.AllowRollup, false)
	safe("allow_msg_ttl", !has.AllowMsgTTL, has.AllowMsgTTL, false)
	return wrong, loose
}

// lookUp asks for the stream, again while a cluster elects a leader: nobody answers then.
func lookUp(ctx context.Context, js jetstream.JetStream) (jetstream.Stream, error) {
	ctx, cancel := context.WithTimeout(ctx, electionTimeout)
	defer cancel()
	for {
		asking, cancel := context.WithTimeout(ctx, askAgain)
		s, err := js.Stream(asking, streamName)
		lost := errors.Is(err, context.DeadlineExceeded)
		cancel()
		if !lost || ctx.Err() != nil {
			return s, err
		}
	}
}

// unavailable says of what the servers said, or did not say, that keys cannot be had now.
func unavailable(err error) error {
	var known *domain.Error
	if errors.As(err, &known) {
		return err
	}
	return refused("keys.unavailable", err, "kho khóa chưa trả lời được; hãy thử lại sau")
}

package natslog

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// Check looks at what Open would open, and creates nothing. An error says that the log cannot be kept there. unsafe is
// an error too, nil where all is well: it names the settings under which the stream could lose acknowledged events,
// and Open gives it where Options.AcceptUnsafe is not set. exists tells whether there is a log.
func Check(ctx context.Context, nc *nats.Conn, options Options) (exists bool, unsafe, err error) {
	js, options, err := prepare(nc, options)
	if err != nil {
		return false, nil, err
	}
	s, unsafe, err := findStream(ctx, js, options)
	return s != nil, unsafe, err
}

var errMissing = &domain.Error{Kind: domain.NotFound, Code: "log.missing",
	Msg: "trên máy chủ chưa có nhật ký sự kiện; hãy kiểm tra địa chỉ và tài khoản, hoặc nhập dữ liệu bằng hoso import"}

// findStream returns the log's stream, nil where there is none.
func findStream(ctx context.Context, js jetstream.JetStream, options Options) (s jetstream.Stream, unsafe, err error) {
	s, err = lookUp(ctx, js)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if options.MustExist {
			return nil, nil, errMissing
		}
		return nil, nil, subjectsAreFree(ctx, js)
	}
	if err != nil {
		return nil, nil, cannotOpen(err)
	}
	info := s.CachedInfo()
	unusable, loose := differences(info.Config, wanted(options.Replicas))
	if len(unusable) > 0 {
		return nil, nil, misconfigured("luồng %q do nơi khác tạo hoặc đã bị sửa, không dùng được: %s; hãy dùng tài khoản NATS riêng cho hoso", streamName, strings.Join(append(unusable, loose...), "; "))
	}
	if err := cut(info.State); err != nil {
		return nil, nil, err
	}
	for _, seq := range []uint64{info.State.FirstSeq, info.State.LastSeq} {
		if info.State.Msgs == 0 {
			break
		}
		m, err := s.GetMsg(ctx, seq)
		if errors.Is(err, jetstream.ErrMsgNotFound) { // counted, and not there: the file is damaged
			return nil, nil, historyCut(fmt.Sprintf("không đọc được vị trí %d", seq), err)
		}
		if err != nil {
			return nil, nil, cannotOpen(err)
		}
		if first(m.Header, headerID) == "" || first(m.Header, headerVersion) == "" {
			return nil, nil, &domain.Error{Kind: domain.Unavailable, Code: "log.foreign_messages",
				Msg: fmt.Sprintf("luồng %q có thông điệp không phải của hoso (vị trí %d); hãy dùng tài khoản NATS riêng cho hoso", streamName, seq)}
		}
	}
	if len(loose) > 0 {
		unsafe = misconfigured("luồng %q có thiết lập không an toàn: %s; hãy sửa bằng công cụ nats", streamName, strings.Join(loose, "; "))
	}
	return s, unsafe, nil
}

// cut is an error where something was taken out of the stream: then sequences have gaps. Who waited for an event that is
// gone would wait for ever, and figures would be wrong.
func cut(s jetstream.StreamState) error {
	if s.Msgs == s.LastSeq && s.NumDeleted == 0 && s.FirstSeq <= 1 {
		return nil
	}
	return historyCut(fmt.Sprintf("còn %d trên %d", s.Msgs, s.LastSeq), nil)
}

func historyCut(what string, cause error) error {
	return unavailable("log.history_cut", fmt.Sprintf("luồng %q trên máy chủ NATS không còn đủ sự kiện (%s): đã bị xóa bớt; "+
		"hãy khôi phục luồng từ bản sao lưu, không ghi tiếp vào đó", streamName, what), cause)
}

// electionTimeout is more than a cluster needs to elect a leader: four to nine seconds.
const electionTimeout = 15 * time.Second

// lookUp asks the leader for the stream, again while a cluster elects one: nobody answers then.
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

// subjectsAreFree looks whether another stream takes the cases' messages: the server would then refuse to make ours.
func subjectsAreFree(ctx context.Context, js jetstream.JetStream) error {
	name, err := js.StreamNameBySubject(ctx, subjectPrefix+"*.*")
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return nil
	case err != nil:
		return cannotOpen(err)
	}
	return misconfigured("luồng %q đã nhận các chủ đề %s*.*; hãy dùng tài khoản NATS riêng cho hoso", name, subjectPrefix)
}

// cannotOpen says what the servers said, in one line.
func cannotOpen(err error) error {
	var known *domain.Error
	if errors.As(err, &known) {
		return err
	}
	return unavailable("log.cannot_open", "không mở được nhật ký sự kiện trên máy chủ lưu trữ; hãy kiểm tra quyền của tài khoản và số máy chủ đang chạy", err)
}

// differences names the settings of a stream under which the log does not work at all, and those under which it would
// not keep its promises.
func differences(has, want jetstream.StreamConfig) (unusable, loose []string) {
	check := func(list *[]string, name string, ok bool, has, want any) {
		if !ok {
			*list = append(*list, fmt.Sprintf("%s = %v, cần %v", name, has, want))
		}
	}
	works := func(name string, ok bool, has, want any) { check(&unusable, name, ok, has, want) }
	works("subjects", strings.Join(has.Subjects, " ") == strings.Join(want.Subjects, " "), has.Subjects, want.Subjects)
	works("retention", has.Retention == want.Retention, has.Retention, want.Retention)
	works("first_seq", has.FirstSeq <= 1, has.FirstSeq, 1)
	works("max_consumers", has.MaxConsumers <= 0, has.MaxConsumers, "không giới hạn") // each follower needs one
	works("max_msg_size", has.MaxMsgSize <= 0 || has.MaxMsgSize >= maxMessage, has.MaxMsgSize, maxMessage)
	works("allow_direct", has.AllowDirect, has.AllowDirect, true)
	works("allow_atomic", has.AllowAtomicPublish, has.AllowAtomicPublish, true)
	works("no_ack", !has.NoAck, has.NoAck, false)
	works("sealed", !has.Sealed, has.Sealed, false)
	works("mirror", has.Mirror == nil, "có", "không")
	works("sources", len(has.Sources) == 0, "có", "không")
	works("subject_transform", has.SubjectTransform == nil, "có", "không")

	safe := func(name string, ok bool, has, want any) { check(&loose, name, ok, has, want) }
	unlimited := func(name string, n int64) { safe(name, n <= 0, n, "không giới hạn") }
	safe("storage", has.Storage == want.Storage, has.Storage, want.Storage)
	safe("persist_mode", has.PersistMode == want.PersistMode, has.PersistMode, want.PersistMode)
	safe("compression", has.Replicas <= 1 || has.Compression == jetstream.NoCompression, has.Compression, jetstream.NoCompression)
	safe("num_replicas", has.Replicas >= want.Replicas, has.Replicas, want.Replicas)
	unlimited("max_msgs", has.MaxMsgs)
	unlimited("max_bytes", has.MaxBytes)
	unlimited("max_msgs_per_subject", has.MaxMsgsPerSubject)
	unlimited("max_age", int64(has.MaxAge))
	safe("deny_delete", has.DenyDelete, has.DenyDelete, true)
	safe("deny_purge", has.DenyPurge, has.DenyPurge, true)
	safe("allow_rollup_hdrs", !has.AllowRollup, has.AllowRollup, false)
	safe("allow_msg_ttl", !has.AllowMsgTTL, has.AllowMsgTTL, false)
	return unusable, loose
}

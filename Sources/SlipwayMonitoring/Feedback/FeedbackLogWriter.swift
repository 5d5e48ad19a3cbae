/// Keeps true outcomes as they are fed back; see ``SegmentWriter`` for what is promised.
public typealias FeedbackLogWriter = SegmentWriter<FeedbackRecord>

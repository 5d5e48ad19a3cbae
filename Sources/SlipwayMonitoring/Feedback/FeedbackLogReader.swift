/// Reads the feedback of one model in one environment; see ``SegmentReader``.
public typealias FeedbackLogReader = SegmentReader<FeedbackRecord>

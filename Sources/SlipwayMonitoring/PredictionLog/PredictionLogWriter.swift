/// Adds answered rows to the prediction log before their answer leaves; see ``SegmentWriter`` for what is promised.
public typealias PredictionLogWriter = SegmentWriter<PredictionRecord>

/// Reads the prediction log of one model in one environment; see ``SegmentReader``.
public typealias PredictionLogReader = SegmentReader<PredictionRecord>

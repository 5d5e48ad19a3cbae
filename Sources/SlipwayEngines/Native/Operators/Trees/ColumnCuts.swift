/// The distinct thresholds of each feature in order, gathered once while a forest is compiled.
///
/// Two columns of one feature that differ only in where NaN goes share their thresholds, and the search for a place.
struct ColumnCuts<Stored: TreeScalar> {
    /// One search among thresholds.
    struct Search {
        /// The column that is looked at.
        let column: Int
        /// The thresholds in order.
        var cuts: [Stored] = []
        /// Whether branches read the column as it is.
        var isPlain = false
        /// Whether branches read it with NaN turned into -∞.
        var isLowered = false
    }

    private(set) var searches: [Search] = []
    /// By column, its search and whether it is the lowered one.
    private let keys: [(column: Int, isLowered: Bool)]
    private var places: [Int]

    init(_ trees: SplitTrees<Stored>, _ columns: SplitColumns<Stored>) {
        keys = (0..<columns.count).map { columns.searched($0) }
        places = [Int](repeating: -1, count: columns.count)
        for node in trees.nodes where !node.isLeaf {
            let key = keys[node.column]
            if places[key.column] < 0 {
                places[key.column] = searches.count
                searches.append(Search(column: key.column))
            }
            let place = places[key.column]
            searches[place].cuts.append(node.threshold)
            if key.isLowered { searches[place].isLowered = true } else { searches[place].isPlain = true }
        }
        for place in searches.indices {
            var distinct: [Stored] = []
            for cut in searches[place].cuts.sorted() where cut != distinct.last { distinct.append(cut) }
            searches[place].cuts = distinct
        }
    }

    /// The search of a column, the rank of one of its thresholds, and whether NaN counts as -∞.
    func rank(of threshold: Stored, column: Int) -> (search: Int, rank: Int, isLowered: Bool) {
        let key = keys[column]
        let cuts = searches[places[key.column]].cuts
        var low = 0
        var count = cuts.count
        while count > 1 {
            let half = count / 2
            if cuts[low + half] <= threshold { low += half }
            count -= half
        }
        return (places[key.column], low, key.isLowered)
    }
}

extension String {
    /// The text with an ellipsis in the place of all that stands from the first to the last of some quotation marks.
    ///
    /// Databases quote the cell that they could not read, which may be personal, and messages are logged.
    package func leavingOut(between mark: Character) -> String {
        guard let start = firstIndex(of: mark), let end = lastIndex(of: mark), start < end else { return self }
        return self[...start] + "…" + self[end...]
    }
}

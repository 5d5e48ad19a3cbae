extension String {
    /// The text with some code points written as others.
    ///
    /// It goes by code points, as what reads SQL, HTML, and shells does: a quotation mark with an accent upon it is a
    /// `Character` that equals no quotation mark, and yet it ends what is quoted.
    package func escaping(_ escapes: [Unicode.Scalar: String]) -> String {
        var written = UnicodeScalarView()
        for scalar in unicodeScalars {
            if let escape = escapes[scalar] {
                written.append(contentsOf: escape.unicodeScalars)
            } else {
                written.append(scalar)
            }
        }
        return String(written)
    }

    /// The text as one word of a shell, between single quotes.
    package var shellQuoted: String { "'\(escaping(["'": #"'\''"#]))'" }
}

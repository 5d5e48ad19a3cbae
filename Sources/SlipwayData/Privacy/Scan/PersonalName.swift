/// Tells columns that are personal by their names, in English and German.
enum PersonalName {
    /// The words that tell a kind, in the order in which kinds are tried: `ip_address` is none of a person's homes.
    private static let words: [(kind: PersonalDataKind, names: [[String]])] = [
        (.email, [["email"], ["e", "mail"], ["mail"]]),
        (.ipAddress, [["ip"], ["ip", "address"], ["ipaddress"], ["client", "ip"]]),
        (.paymentCard, [["card", "number"], ["credit", "card"], ["cardnumber"], ["pan"], ["kreditkarte"]]),
        (.bankAccount, [["iban"], ["account", "number"], ["bank", "account"], ["kontonummer"]]),
        (
            .nationalID,
            [
                ["ssn"], ["social", "security"], ["passport"], ["national", "id"], ["tax", "id"], ["nino"],
                ["steuernummer"], ["ausweisnummer"],
            ]
        ),
        (.birthDate, [["birth"], ["birthday"], ["birthdate"], ["dob"], ["born"], ["geburtsdatum"], ["geburtstag"]]),
        (.postcode, [["zip"], ["zipcode"], ["postcode"], ["postal", "code"], ["plz"], ["postleitzahl"]]),
        (
            .phone,
            [["phone"], ["telephone"], ["tel"], ["mobile"], ["cell", "phone"], ["fax"], ["msisdn"], ["telefon"]]
        ),
        (
            .name,
            [
                ["first", "name"], ["last", "name"], ["full", "name"], ["given", "name"], ["family", "name"],
                ["middle", "name"], ["maiden", "name"], ["customer", "name"], ["contact", "name"], ["person", "name"],
                ["user", "name"], ["firstname"], ["lastname"], ["fullname"], ["username"], ["surname"], ["forename"],
                ["vorname"], ["nachname"],
            ]
        ),
        (.address, [["street"], ["address"], ["addr"], ["strasse"], ["anschrift"], ["adresse"]]),
        (.location, [["latitude"], ["longitude"], ["lat"], ["lon"], ["lng"]]),
    ]

    /// What the name of a column says; `nil` when it says nothing.
    static func kind(of column: String) -> PersonalDataKind? {
        let said = parts(of: column)
        if said == ["name"] { return .name }
        return words.first { $0.names.contains { holds(said, $0) } }?.kind
    }

    /// The words of a name, in lower case: `customerEmail`, `customer-email`, and `CUSTOMER_EMAIL` have the same two.
    static func parts(of name: String) -> [String] {
        var parts: [String] = []
        var word = ""
        var wasLower = false
        for character in name {
            guard character.isLetter || character.isNumber else {
                if !word.isEmpty { parts.append(word) }
                (word, wasLower) = ("", false)
                continue
            }
            if character.isUppercase, wasLower {
                parts.append(word)
                word = ""
            }
            wasLower = !character.isUppercase
            word += character.lowercased()
        }
        if !word.isEmpty { parts.append(word) }
        return parts
    }

    private static func holds(_ parts: [String], _ sought: [String]) -> Bool {
        guard parts.count >= sought.count else { return false }
        return (0...parts.count - sought.count).contains { Array(parts[$0..<$0 + sought.count]) == sought }
    }
}

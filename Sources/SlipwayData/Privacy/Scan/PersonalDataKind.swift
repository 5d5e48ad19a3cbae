/// A kind of personal data that a column can be recognised as.
public enum PersonalDataKind: String, CaseIterable, Sendable {
    case email
    case phone
    case paymentCard = "payment_card"
    case bankAccount = "bank_account"
    case nationalID = "national_id"
    case ipAddress = "ip_address"
    case name
    case address
    case postcode
    case birthDate = "birth_date"
    case location

    /// The policy that fits most uses of such a column.
    public var proposal: PrivacyPolicy {
        switch self {
        case .email, .ipAddress: .hash
        case .phone: .mask
        case .paymentCard, .bankAccount, .nationalID, .name, .address: .drop
        case .postcode: .generalise(.first(2))
        case .birthDate: .generalise(.date(.year))
        case .location: .generalise(.width(0.1))
        }
    }

    /// The least share of a column's values that must look so for the column to count; 1 where values tell nothing.
    ///
    /// What has a check of its own is rare by chance; digits with blanks between them are not.
    var shareMin: Double {
        switch self {
        case .email, .bankAccount: 0.05
        case .ipAddress: 0.3
        case .phone, .paymentCard: 0.5
        case .nationalID, .name, .address, .postcode, .birthDate, .location: 1
        }
    }

    /// Whether a text looks so; `false` for kinds that only names of columns tell.
    func recognises(_ text: Substring) -> Bool {
        switch self {
        case .email: PersonalText.isEmail(text)
        case .phone: PersonalText.isPhone(text)
        case .paymentCard: PersonalText.isPaymentCard(text)
        case .bankAccount: PersonalText.isIBAN(text)
        case .ipAddress: PersonalText.isIPAddress(text)
        case .nationalID, .name, .address, .postcode, .birthDate, .location: false
        }
    }
}

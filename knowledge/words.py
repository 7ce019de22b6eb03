"""What the search knows of English: words that tell little, and words of the trade that mean the same."""

_COMMON = """
    a about am an and any are as at be been but by can could did do does for from get had has have how i id
    if im in into is it its ive me my no not of on or our out should so some than that the their them then
    there these they this to up was we were what when where which who why will with would you your
"""
COMMON = frozenset(_COMMON.split())

# One line, one meaning. A match on a neighbour counts for less than a match on the word itself.
_ALIKE = """
    app application program software
    backup save
    begin start
    broken error fail issue problem trouble
    change edit modify
    computer laptop notebook pc workstation
    config configuration configure setting
    copy duplicate
    delete erase remove
    directory folder
    disable prevent stop
    display show view
    doc document
    email mail message
    find locate
    forget forgot forgotten
    freeze froze frozen hang
    fix repair resolve solve
    2fa authenticator mfa otp
    conceal hide
    image photo picture
    login logon signin
    lose lost missing
    mobile phone smartphone
    pass passcode password pw pwd
    several multiple
    steal stole stolen
    wifi wireless
"""
ALIKE = tuple(frozenset(line.split()) for line in _ALIKE.strip().splitlines())

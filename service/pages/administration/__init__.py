"""Pages of who administers a territory: accounts, addresses, the trail, lifetimes, jobs and mail.

None of them shows a participant's page; the trail names participants by reference, as it must.
"""
